import { type Check, fail, pass, type Side, warn } from './check.ts';

export function encoding(side: Side): Check {
  return {
    name: `${side}-encoding`,
    needs: [side],
    async look(context) {
      const [row] = await context
        .database(side)
        .query<{ encoding: string }>(`select current_setting('server_encoding') as encoding`);
      const found = row!.encoding;
      if (side === 'target' && found !== 'UTF8') {
        return fail(
          `The target stores text as ${found}, which cannot hold every character.`,
          'Create the target database with encoding UTF8 (Supabase does).',
        );
      }
      if (found !== 'SQL_ASCII') return pass(`Text is stored as ${found}.`);
      return warn(
        'The source has the encoding SQL_ASCII: it never checked what its bytes mean, so some may not be valid UTF-8.',
        "Rows with invalid bytes stop a batch when they are read. Find and mend them first, for example with convert_from(column::bytea, 'UTF8').",
      );
    },
  };
}
