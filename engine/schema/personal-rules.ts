/** What gives personal data away. Data, reviewed like data; the first rule that fits wins. */
import type { Pattern, PersonalData } from './catalog.ts';

interface NameRule {
  readonly kind: PersonalData['kind'];
  /** Over the column's name in small letters, words joined by underscores. */
  readonly pattern: RegExp;
  readonly types: 'text' | 'any';
  /** What its values look like where the name does not lie. */
  readonly shapes: readonly Pattern[];
}

/** The words of a rule as whole words of a name. */
function words(list: string): RegExp {
  return new RegExp(`(^|_)(${list.split(' ').join('|')})(_|$)`);
}

export const PERSONAL_NAMES: readonly NameRule[] = [
  {
    kind: 'secret',
    pattern: words(
      'password passwd passphrase pwd secret token api_?key private_?key otp pin_?code salt passwort kennwort contrasena mot_de_passe senha',
    ),
    types: 'any',
    shapes: [],
  },
  {
    kind: 'birth-date',
    pattern: words(
      'birth_?date date_of_birth dob birthday born_on geburtsdatum date_naissance date_de_naissance fecha_nacimiento fecha_de_nacimiento data_nascita data_nascimento geboortedatum',
    ),
    types: 'any',
    shapes: ['date'],
  },
  { kind: 'email', pattern: words('e_?mail courriel correo'), types: 'text', shapes: ['email'] },
  {
    kind: 'phone',
    pattern: words('phone mobile fax telephone cell telefon telefono telefone telefoon handy'),
    types: 'text',
    shapes: ['phone'],
  },
  {
    kind: 'name',
    pattern: words(
      'first_?name last_?name full_?name surname given_?name family_?name middle_?name maiden_?name user_?name login nick_?name vorname nachname prenom apellidos? cognome sobrenome voornaam achternaam',
    ),
    types: 'text',
    shapes: ['name'],
  },
  {
    kind: 'name',
    pattern:
      /(^|_)(patient|doctor|customer|client|contact|person|employee|student|author|owner|guest|member|recipient|sender|passenger|teacher|tenant|insured)_name$/,
    types: 'text',
    shapes: ['name'],
  },
  {
    kind: 'national-id',
    pattern: words(
      'ssn social_security social_security_(no|nr|number) national_?id national_insurance(_(no|number))? nino passport passport_(no|number) identity_?card id_card(_(no|number))? tax_?id taxpayer_id steuer_?(id|nr|nummer) dni nie nif cpf curp pesel bsn codice_fiscale personnummer aadhaar driving_?licen[cs]e driver_?licen[cs]e(_(no|number))?',
    ),
    types: 'any',
    shapes: ['national-id'],
  },
  {
    kind: 'bank',
    pattern: words(
      'iban bic swift_code account_?(no|nr|number) bank_?account routing_number sort_code card_?(no|nr|number) credit_?card cvv cvc kontonummer',
    ),
    types: 'any',
    shapes: ['iban', 'card'],
  },
  {
    kind: 'online',
    pattern: words(
      'ip_?addr(ess)? remote_?(addr|ip) client_ip last_?login_?ip current_sign_in_ip last_sign_in_ip user_?agent device_?id mac_?addr(ess)?',
    ),
    types: 'text',
    shapes: ['ip'],
  },
  {
    kind: 'address',
    pattern: words(
      'address street zip postal_?code postcode city house_?number strasse hausnummer plz adresse direccion indirizzo endereco code_postal codigo_postal cap_code',
    ),
    types: 'text',
    shapes: ['address'],
  },
  {
    kind: 'other',
    pattern: words('insurance_?(no|number|id) license_?(no|number) licence_?(no|number)'),
    types: 'any',
    shapes: [],
  },
  {
    kind: 'other',
    pattern: /^(sex|gender|ethnicity|religion|marital_status|nationality|blood_type|diagnosis)$/,
    types: 'any',
    shapes: [],
  },
  {
    kind: 'free-text',
    pattern: words(
      'note notes comment comments body message biography bio description remarks? instructions memo bemerkung kommentar',
    ),
    types: 'text',
    shapes: [],
  },
];

interface ShapeRule {
  readonly kind: PersonalData['kind'];
  readonly shape: Pattern;
  /** Least share of the values. */
  readonly from: number;
  readonly confidence: number;
}

/** What values alone say. Telephone numbers and names look like too much else to be told by their shape. */
export const PERSONAL_SHAPES: readonly ShapeRule[] = [
  { kind: 'email', shape: 'email', from: 0.8, confidence: 0.9 },
  { kind: 'bank', shape: 'iban', from: 0.8, confidence: 0.85 },
  { kind: 'national-id', shape: 'national-id', from: 0.9, confidence: 0.7 },
  { kind: 'bank', shape: 'card', from: 0.9, confidence: 0.65 },
  { kind: 'address', shape: 'address', from: 0.8, confidence: 0.75 },
  { kind: 'online', shape: 'ip', from: 0.9, confidence: 0.7 },
];

/** Last word of a table whose rows are people. */
export const TABLES_OF_PEOPLE: ReadonlySet<string> = new Set(
  (
    'person people user profile account customer client contact patient doctor employee staff student teacher member author ' +
    'guest passenger driver actor owner tenant resident citizen applicant candidate artist donor volunteer nurse agent contractor'
  ).split(' '),
);
