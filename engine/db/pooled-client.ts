/**
 * A client that closes its socket when connecting fails. pg's pool drops such a client as it is, and one that failed
 * in the middle of a login then keeps a process of the server busy until its authentication timeout, a minute.
 */
import pg from 'pg';

type Connected = (error: Error | null, client?: pg.Client) => void;

export class PooledClient extends pg.Client {
  override connect(): Promise<pg.Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.Client> | undefined {
    if (callback === undefined) return super.connect();
    super.connect((error: Error | null, client?: pg.Client) => {
      if (error) this.end().catch(() => {});
      callback(error, client);
    });
  }
}
