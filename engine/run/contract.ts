export type * from '../contract/contract.ts';
