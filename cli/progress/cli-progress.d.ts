/** The part of cli-progress that the bars use; the package brings no types. */
declare module 'cli-progress' {
  export interface Bar {
    update(value: number, payload?: Readonly<Record<string, string>>): void;
    setTotal(total: number): void;
  }
  export class MultiBar {
    constructor(options: Readonly<Record<string, unknown>>);
    create(total: number, start: number, payload?: Readonly<Record<string, string>>): Bar;
    remove(bar: Bar): boolean;
    log(text: string): void;
    /** Draws now. */
    update(): void;
    stop(): void;
  }
}
