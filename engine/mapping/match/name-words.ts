/** Words that mean the same in names of tables and columns. Data, not code; the first of each line stands for all. */
const GROUPS = `
email: e_mail mail emailaddress email_address mailaddress mail_address email_addr
phone: tel telephone telefon phone_number phonenumber tel_no telephone_number phone_no mobile mobile_number mobile_phone cell cellphone cell_phone msisdn
birth_date: dob birthdate birthday date_of_birth birth_day born born_on
created_at: created created_on create_date created_date date_created creation_date creation_time create_time createdat date_added added_at added_on inserted_at insert_date registered_at date_joined joined_at created_time crdate
updated_at: updated updated_on modified modified_at modified_on last_modified last_updated last_update modify_date modification_date date_modified date_updated changed changed_at mtime updatedat update_time
deleted_at: deleted deleted_on date_deleted removed_at
first_name: firstname fname given_name givenname forename name_first vorname
last_name: lastname lname surname family_name familyname name_last nachname
full_name: fullname complete_name display_name displayname
user_name: username login login_name user_login nickname handle
name: title label caption designation
description: desc descr details long_description summary
note: notes remark remarks comment comments memo annotation
zip_code: zip zipcode postal_code postalcode postcode post_code plz
street: street_address address_line address_line_1 address1 addr address_1 street1
city: town locality
state_province: province region
country: country_code nation
number: no nr num num_ber
quantity: qty count amount_of
amount: amt sum value
total: total_amount grand_total total_price
price: unit_price cost
currency: currency_code curr ccy
status: state stat
active: is_active enabled is_enabled active_flag
image: photo picture pic avatar img
url: link website web_site homepage web uri href
sex: gender
language: lang locale
user: customer client account member person profile patron buyer kunde
company: organisation organization org firm business vendor supplier
employee: staff worker
order: purchase sale
order_item: order_line orderline orderitem order_position line_item lineitem order_detail invoice_line
product: item article good sku_item
category: cat kind genre type
invoice: bill
payment: transaction
tag: keyword
document: doc file attachment
message: msg
group: team
appointment: booking reservation
vehicle: car
department: dept division
position: pos sort sort_order sequence ordering rank
uuid: guid external_id
weight: mass
`;

/** Words of the list above that mean something else as often: the state of an order, and of the United States. */
export const AMBIGUOUS: readonly string[] = ['state'];

/** Name in words joined by `_`, in the singular → what stands for it. */
export const SAME_MEANING: ReadonlyMap<string, string> = new Map(
  GROUPS.trim()
    .split('\n')
    .flatMap((line) => {
      const [first, rest] = line.split(':') as [string, string];
      return [first, ...rest.trim().split(' ')].map((word) => [word, first] as const);
    }),
);
