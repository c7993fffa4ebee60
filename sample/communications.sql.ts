/** Business area "communications": messages, comments on anything, and the system's own chatter. */
import type { Area } from './area.ts';

const tables = /* sql */ `
create table dispatch_team_communication (
  id serial not null,
  author_id integer not null,
  case_id integer not null,
  channel smallint not null,
  body text not null,
  is_pinned boolean not null,
  created_at timestamp not null
);
comment on column dispatch_team_communication.channel is 'choices: 0=chat, 1=phone, 2=email, 3=in person';

create table dispatch_message (
  id serial not null,
  sender_id integer not null,
  recipient_id integer,
  subject text not null,
  body text not null,
  thread_key varchar(36) not null,
  is_read boolean not null,
  sent_at timestamp not null,
  read_at timestamp
);
comment on table dispatch_message is 'Letters between staff and doctors, as typed';

create table dispatch_message_attachment (
  id serial not null,
  message_id integer not null,
  file_id integer not null,
  caption varchar(200) not null,
  created_at timestamp not null
);

create table dispatch_case_message (
  id serial not null,
  case_id integer not null,
  message_id integer not null,
  created_at timestamp not null
);

create table dispatch_comment (
  id serial not null,
  user_id integer not null,
  content_type_id integer not null,
  object_id integer not null,
  body text not null,
  is_public boolean not null,
  created_at timestamp not null
);
comment on table dispatch_comment is 'Comments on cases, orders and tasks: (content_type_id, object_id) names the row';

create table dispatch_system_message (
  id bigserial not null,
  user_id integer,
  case_id integer,
  level smallint not null,
  code varchar(40) not null,
  body text not null,
  context jsonb,
  is_read boolean not null,
  created_at timestamp not null
);
comment on table dispatch_system_message is 'What the system told people; never pruned';
comment on column dispatch_system_message.level is 'choices: 0=debug, 1=info, 2=warning, 3=error';
`;

const rows: Area['rows'] = {
  dispatch_team_communication: /* sql */ `
insert into dispatch_team_communication
select g, sample.any_user(g, 'team.author'), sample.any_case(g, 'team.case'),
  sample.roll(g, 'team.channel', 4)::smallint,
  sample.prose(g, 'team.body'),
  sample.chance(g, 'team.pinned', 20),
  sample.time_of_team_communication(g)
from generate_series(1, sample.size_team_communication()) g`,

  // Everyday text is already difficult: emoji, tabs, line ends of three systems, backslashes, quotes.
  dispatch_message: /* sql */ `
insert into dispatch_message
select g, sample.any_user(g, 'message.sender'),
  case when sample.chance(g, 'message.addressed', 920) then sample.any_user(g, 'message.recipient') end,
  case when sample.chance(g, 'message.reply', 400) then 'Re: ' else '' end || sample.phrase(g, 'message.subject'),
  sample.prose(g, 'message.body') || case sample.roll(g, 'message.style', 8)
    when 0 then E' \\U0001F600\\U0001F9B7'
    when 1 then E'\\n\\n-- \\nSent from the lab'
    when 2 then E'\\ttooth\\tvalue\\n\\t11\\t0.5'
    when 3 then E' C:\\\\scans\\\\new\\\\upper.stl'
    when 4 then E'\\r\\n"quoted", it''s fine; 100 %'
    when 5 then E' — ½ mm, 30°, naïve café'
    else '' end,
  'thread-' || substr(sample.hex(g / 4, 'message.thread'), 1, 12),
  is_read,
  sample.time_of_message(g),
  case when is_read then sample.later(sample.time_of_message(g), g, 'message.read_at', 24) end
from (select g, sample.chance(g, 'message.read', 800) as is_read from generate_series(1, sample.size_message()) g offset 0) drawn`,

  dispatch_message_attachment: /* sql */ `
insert into dispatch_message_attachment
select g, sample.any_message(g, 'attachment.message'), sample.any_file(g, 'attachment.file'),
  case when sample.chance(g, 'attachment.captioned', 300) then sample.phrase(g, 'attachment.caption') else '' end,
  sample.time_of_message_attachment(g)
from generate_series(1, sample.size_message_attachment()) g`,

  dispatch_case_message: /* sql */ `
insert into dispatch_case_message
select g, sample.any_case(g, 'case_message.case'), sample.nth_message(g), sample.time_of_case_message(g)
from generate_series(1, sample.size_case_message()) g`,

  dispatch_comment: /* sql */ `
insert into dispatch_comment
select g, sample.any_user(g, 'comment.user'), ct.id,
  case ct.model
    when 'case' then sample.any_case(g, 'comment.case')
    when 'order' then sample.any_order(g, 'comment.order')
    else sample.any_task(g, 'comment.task') end,
  sample.prose(g, 'comment.body'),
  sample.chance(g, 'comment.public', 300),
  sample.time_of_comment(g)
from (select g, sample.pick(g, 'comment.about', array['case', 'order', 'task', 'task']) as model
  from generate_series(1, sample.size_comment()) g offset 0) drawn
join django_content_type ct on ct.app_label = 'dispatch' and ct.model = drawn.model
order by g`,

  dispatch_system_message: /* sql */ `
insert into dispatch_system_message
select g,
  case when sample.chance(g, 'system.personal', 900) then sample.any_user(g, 'system.user') end,
  case when case_id % 10 > 0 then case_id end,
  (array[0, 1, 1, 1, 1, 2, 3])[(1 + sample.roll(g, 'system.level', 7))::integer]::smallint,
  sample.pick(g, 'system.code', array['case.updated', 'file.uploaded', 'order.shipped', 'task.assigned', 'plan.approved', 'invoice.sent']),
  'Case C' || lpad(case_id::text, 8, '0') || ': ' || sample.phrase(g, 'system.body')
    || case when sample.chance(g, 'system.wordy', 500) then ' ' || sample.phrase(g, 'system.body2') else '' end,
  case when sample.chance(g, 'system.has_context', 250)
    then jsonb_build_object('case', case_id, 'attempt', 1 + sample.roll(g, 'system.attempt', 3), 'trace', sample.hex(g, 'system.trace')) end,
  sample.chance(g, 'system.read', 600),
  sample.time_of_system_message(g)
from (select g, sample.any_case(g, 'system.case') as case_id
  from generate_series(1, sample.size_system_message()) g offset 0) drawn`,
};

export const communications: Area = { name: 'communications', tables, rows };
