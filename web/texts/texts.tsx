/** The reader's language, numbers and zone. One file a language; what a language lacks is said in English. */
import { type ReactNode, useEffect, useState } from 'react';
import { IntlProvider } from 'use-intl';
import english from './en.json';
import { type Language, speechFor } from './locale.ts';

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
  const [{ language, locale }] = useState(() => speechFor(navigator.languages));
  // nothing is shown in English first and then said anew
  const [messages, setMessages] = useState<Messages | null>(language === 'en' ? english : null);
  useEffect(() => {
    document.documentElement.lang = language;
    if (language !== 'en')
      others[language]().then(setMessages, () => {
        document.documentElement.lang = 'en';
        setMessages(english);
      });
  }, [language]);
  if (messages === null) return null;
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
