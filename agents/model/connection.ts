/** Which server the settings name, or none: then the offline guide speaks. Throws INVALID_CONFIG naming the variable. */
import { type Config, MigrationError, type Secret } from '../../engine/index.ts';

export type ModelApi = 'responses' | 'chat';

export interface Connection {
  readonly baseUrl: string;
  /** Host and port, for the record and for messages. */
  readonly host: string;
  readonly key: Secret | null;
  readonly model: string;
  /** Tried in this order; a server that lacks the first is asked the second. */
  readonly apis: readonly ModelApi[];
}

export type ConnectionSettings = Pick<Config, 'modelKey' | 'modelBaseUrl' | 'model' | 'modelApi'>;

const OPENAI = 'https://api.openai.com/v1';

export function chooseConnection(config: ConnectionSettings): Connection | null {
  if (config.modelKey === null && config.modelBaseUrl === null) return null;
  if (config.model === null) {
    throw invalid(
      'TOWPATH_MODEL',
      'is not set, but OPENAI_API_KEY or OPENAI_BASE_URL is.',
      'Give the name of the model as the server knows it, or leave out the other two to use the offline guide.',
    );
  }
  const url = new URL(config.modelBaseUrl ?? OPENAI);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid(
      'OPENAI_BASE_URL',
      'is not a web address.',
      'Give one that starts with https:// or http://.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw invalid(
      'OPENAI_BASE_URL',
      'holds a user, a password or a query.',
      'Give only the address up to /v1, and the key in OPENAI_API_KEY.',
    );
  }
  return {
    baseUrl: url.href.replace(/\/+$/, ''),
    host: url.host,
    key: config.modelKey,
    model: config.model,
    apis: apisOf(config),
  };
}

function apisOf({ modelApi, modelBaseUrl }: ConnectionSettings): readonly ModelApi[] {
  if (modelApi !== 'auto') return [modelApi];
  return modelBaseUrl === null ? ['responses'] : ['responses', 'chat'];
}

function invalid(variable: string, problem: string, hint: string): MigrationError {
  const message = `${variable} ${problem}`;
  return new MigrationError({ code: 'INVALID_CONFIG', message, hint, details: { variable } });
}
