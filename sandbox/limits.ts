/** Every bound of the sandbox in one place. The kernel holds the first group, the two sides of the protocol the others. */
export interface Limits {
  readonly memoryMegabytes: number;
  /** Of processors; 1 is one core. */
  readonly processors: number;
  /** Processes and threads. Node itself needs 7. */
  readonly processes: number;
  readonly openFiles: number;
  readonly fileBytes: number;

  /** Of V8's old space: most memory bombs end here, with a message. */
  readonly heapMegabytes: number;
  /** What loading the code, or one batch, may take of the clock; kept inside the container. */
  readonly batchMilliseconds: number;
  /** What the host waits beyond that, before it kills. */
  readonly graceMilliseconds: number;
  /** From creation to the container's first word. */
  readonly startMilliseconds: number;
  /** A container that has heard nothing for so long ends itself: its host is gone, however the connection looks. */
  readonly idleMilliseconds: number;
  /** How often the host says that it is there. */
  readonly aliveMilliseconds: number;

  readonly batchesInFlight: number;
  /** Characters of all cells of one message; larger batches are sent in pieces. */
  readonly messageCharacters: number;
  /** Characters of one row. */
  readonly rowCharacters: number;
  /** Characters of all results of one message. */
  readonly outputCharacters: number;
  /** Of one frame that the container sends. */
  readonly frameBytes: number;
  /** Of one frame that the container takes. */
  readonly inputBytes: number;
  readonly sourceCharacters: number;
  readonly columns: number;
}

export const usualLimits: Limits = {
  memoryMegabytes: 256,
  processors: 1,
  processes: 32,
  openFiles: 64,
  fileBytes: 1 << 20,

  heapMegabytes: 128,
  batchMilliseconds: 3000,
  graceMilliseconds: 3000,
  startMilliseconds: 15_000,
  idleMilliseconds: 40_000,
  aliveMilliseconds: 10_000,

  batchesInFlight: 2,
  messageCharacters: 1 << 20,
  rowCharacters: 4 << 20,
  outputCharacters: 8 << 20,
  frameBytes: 16 << 20,
  inputBytes: 32 << 20,
  sourceCharacters: 256 << 10,
  columns: 1600,
};
