/** The parts of d3 that the charts use; the packages bring no types. */
declare module 'd3-scale' {
  export interface LinearScale {
    (value: number): number;
    domain(values: readonly [number, number]): LinearScale;
    range(values: readonly [number, number]): LinearScale;
    nice(count?: number): LinearScale;
    ticks(count?: number): number[];
  }
  export function scaleLinear(): LinearScale;
}

declare module 'd3-shape' {
  export interface Curve {
    readonly curve: true;
  }
  export interface Line<T> {
    (data: readonly T[]): string | null;
    x(value: (datum: T) => number): Line<T>;
    y(value: (datum: T) => number): Line<T>;
    curve(curve: Curve): Line<T>;
  }
  export interface Area<T> {
    (data: readonly T[]): string | null;
    x(value: (datum: T) => number): Area<T>;
    y0(value: number): Area<T>;
    y1(value: (datum: T) => number): Area<T>;
    curve(curve: Curve): Area<T>;
  }
  export function line<T>(): Line<T>;
  export function area<T>(): Area<T>;
  export const curveMonotoneX: Curve;
}
