import { type Check, fail, pass, type Side } from './check.ts';

/** Products that speak PostgreSQL's protocol and call themselves PostgreSQL, with other storage or dialect underneath. */
const relatives: readonly { readonly name: string; readonly sign: RegExp }[] = [
  { name: 'Amazon Redshift', sign: /redshift/i },
  { name: 'YugabyteDB', sign: /-YB-|yugabyte/i },
  { name: 'Greenplum', sign: /greenplum/i },
  { name: 'CockroachDB', sign: /cockroach/i },
  { name: 'QuestDB', sign: /questdb/i },
  { name: 'Materialize', sign: /materialize/i },
];

export function postgresql(side: Side): Check {
  return {
    name: `${side}-postgresql`,
    needs: [side],
    async look(context) {
      const [row] = await context.database(side).query<{ product: string }>('select version() as product');
      const product = row?.product ?? '';
      const relative = relatives.find(({ sign }) => sign.test(product));
      if (!relative) return pass('The server is PostgreSQL.');
      return fail(
        `The ${side} is ${relative.name}, not PostgreSQL.`,
        'Towpath relies on PostgreSQL’s own COPY, transactions and catalogs. Load the data into a PostgreSQL first.',
      );
    },
  };
}
