/**
 * The frame of PostgreSQL's binary COPY format (documentation: “COPY”, section “Binary Format”):
 * an 11-byte signature, two int32 (flags, header extension), tuples, and int16 -1 as the trailer.
 */
export const COPY_HEADER: Buffer = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
export const COPY_TRAILER: Buffer = Buffer.from([0xff, 0xff]);

/** Microseconds between 1970-01-01 and PostgreSQL's epoch 2000-01-01. */
export const EPOCH_OFFSET_MICROSECONDS = 946_684_800_000_000n;
/** Days between 1970-01-01 and 2000-01-01. */
export const EPOCH_OFFSET_DAYS = 10_957;
