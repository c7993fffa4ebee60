/** The reader's language, numbers and zone. One file a language; what a language lacks is said in English. */
import { type ReactNode, useEffect, useState } from 'react';
import { IntlProvider } from 'use-intl';
import english from './en.json';

export type Language = 'en' | 'de';
type Messages = typeof english;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
  }
}

const others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Messages>>> = {
  de: async () => (await import('./de.json')).default,
};

export function Texts({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<Messages>(english);
  const locale = navigator.language;
  const language: Language = locale.toLowerCase().startsWith('de') ? 'de' : 'en';
  useEffect(() => {
    document.documentElement.lang = language;
    if (language !== 'en') void others[language]().then(setMessages);
  }, [language]);
  return (
    <IntlProvider
      locale={locale}
      messages={messages}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      {children}
    </IntlProvider>
  );
}
