/** What names of columns mean to the suggestion. Data, reviewed like data. */

/** Columns that hold an amount of money, when their type is numeric. */
export const MONEY =
  /(^|_)(amount|price|total|subtotal|sum|cost|costs|fee|fees|tax|vat|balance|budget|salary|wage|revenue|refund|charge|payment|hourly_rate|unit_price|net|gross)($|_)/;

export const CURRENCY = ['currency', 'currency_code', 'currency_iso'] as const;

/** Columns that hold a code for a word, when they are small integers. */
export const CODE =
  /(^|_)(status|state|type|kind|sex|gender|priority|level|stage|category_code|severity|role)$/;

/** Words that a standard gives to codes, by column name. ISO/IEC 5218 for the sexes. */
export const STANDARD_CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: { '0': 'unknown', '1': 'male', '2': 'female', '9': 'not applicable' },
  gender: { '0': 'unknown', '1': 'male', '2': 'female', '9': 'not applicable' },
};

/** Timestamps that say when a row was made or last changed, under other names. */
export const CREATED = [
  'created_at',
  'created',
  'created_on',
  'date_created',
  'creation_date',
  'create_date',
  'inserted_at',
] as const;
export const UPDATED = [
  'updated_at',
  'updated',
  'updated_on',
  'modified',
  'modified_at',
  'modified_on',
  'date_modified',
  'last_modified',
  'last_update',
  'write_date',
] as const;

/** Target columns that Towpath makes itself. */
export const OWN_COLUMNS = ['id', 'legacy_id', 'metadata'] as const;
