/** Databases that test databases are copied from; made once per run. */
export const emptyTemplate = 'template_empty';
export const supabaseTemplate = 'template_supabase';
