/** Talk about the guide itself, and short answers. */
import type { PatternTable } from './pattern-table.ts';

const yesWord =
  'yes|yep|yeah|yup|ja|aye|sure|ok|okay|k|fine|agreed|correct|right|true|exactly|absolutely|certainly|of course|alright|all right|good|perfect|great|sounds good|looks good|very well|yes sir|y|do it|do that|do so|do this|go for it|i agree|i do|be my guest|why not|lets do it|with pleasure|you may|that is fine|that is ok|that is right|fine with me|ok with me|agree|confirm|confirmed|makes sense|as you recommend|as recommended|what you recommend|recommended|take recommended one|take your suggestion|your suggestion|as you suggest|noted|go';
const noWord =
  'no|nope|nah|n|no way|not that|do not|do not do that|do not do it|rather not|better not|never|wrong|i do not want that|i do not want to|no thanks|no thank you|keep it|leave it|leave it as it is|something else|neither|none of them|stop that|cancel that|negative|i disagree|disagree|not really';

export const talk: PatternTable = [
  [
    'model',
    [
      '(which|what) [ai|language|llm|kind of] (model|ai|llm|ai model|language model|gpt|chatbot) *',
      'are you [an|a] [real] (ai|llm|chatgpt|gpt|robot|bot|human|person|language model|model|openai|machine|claude|artificial intelligence) *',
      '(do you|can you) use (ai|a model|an ai|chatgpt|openai|an llm|a language model|llm|model)',
      '(connect|use|add|set up|enable|turn on) [a|an|another|better|different|real] (model|ai|ai model|language model|openai|key|api key) *',
      'how do i (connect|use|add|set up) [a|an|another] (model|ai|ai model|key)',
    ],
  ],
  [
    'privacy',
    [
      '* (privacy|gdpr|data protection|confidential|confidentiality|personal data|sensitive data) *',
      '(what|which) [data|information|of my data] (leaves|goes|is sent|do you send|gets sent|is shared|do you share|are sent|is transmitted|leave) [machine|this machine|computer|this computer|house|building|office|out|to openai|to cloud|anywhere|away|network] *',
      '(do you|does it|will you|are you|is) [anything|my data|data|something|it|any of it] (send|sent|share|shared|stored|upload|uploaded|leak|transmit|sending|leaving|leave|store) *',
      'who (can see|sees|gets|gets to see|has access to|reads) [my|our|this] (data|it|this|conversation|records|chat)',
      '(where|to whom|who) (does|is|do) [my|our] (data|it) (go|going|sent|stored)',
      'do you (see|know|read) [my|our|all|real|patients] (data|values|names|records|patients|personal data|people) *',
    ],
  ],
  [
    'what-read',
    [
      'what (will|do|would|are) you (read|reading|look at|going to read|look for|going to look at) *',
      'what (is|gets|will be) read',
      'what (do you|will you) do with (it|database|data|my data|old database)',
    ],
  ],
  [
    'settings',
    [
      '* (settings|preferences|configuration|config) *',
      '(use|connect|connect to|choose|take|select|open|switch to|change|set|add|point to) [an|a|to|my|our] (other|another|different|new|old|source|target|second|my) (database|databases|db|server|source|target|system|connection) *',
      '(connect|connect to|set up) [to] [both|a] (databases|database|db|server|supabase|postgres|connection) *',
      '(change|set|enter|where do i enter|where do i put|where do i set) [my] (connection|database connection|connection string|host|database url|password|credentials|login) *',
      '(wrong|not right) database',
      'how do i (connect|set up) *',
    ],
  ],
  [
    'who',
    [
      '(who|what) are you [exactly]',
      '(what is|who is|tell about) (towpath|this|your name|yourself|this program|this tool|this thing)',
      '(introduce yourself|your name|who am i talking to|am i talking to a human|what are you for|who made you|are you there)',
    ],
  ],
  [
    'help',
    [
      '(help|help me|i need help|need help|commands|options|menu|usage|i am lost|i am stuck|i do not understand|i do not know|i do not know what to do|no idea|what|huh|what do you mean|say that again|i do not get it|i am confused|confused|manual|instructions)',
      'what (can|could) (you|i|we) [all] (do|ask|say|help with|do here|do for me|ask you|say here|type|do with it|tell|explain)',
      'what do [you do|i say|i type|you know|you understand]',
      'what (are|is) (my|options|choices|possible|possibilities|your abilities)',
      'how (does|do) (this|it|you|that) work',
      'how can you help [me]',
    ],
  ],
  [
    'approved',
    [
      '(i|we|she|he|they|boss|approver) [have|has|just|already] (approved|signed|decided|granted|confirmed|accepted|given approval) [it|that|this|card|plan|move|approval]',
      '(it is decided look|ask once more|plan is changed look again|it is decided|approved|it is approved|approval given|approval is given|approval granted|it is signed|signed|that is approved|approval is there|decided|already approved|has been approved|it has been approved|i gave approval|approval done|i declined it|declined|i declined)',
    ],
  ],
  [
    'approve',
    [
      '[i|we|yes i|yes] [hereby] (approve|authorise|authorize|grant|give approval|give permission|give my approval|permit) [it|this|that|plan|move|migration|rehearsal|rollback|undo|run|card|approval|all this]',
      '(yes i approve|approve it|approved by me|you have approval|you have permission|permission granted|i sign|i allow it)',
      'approve <place>',
    ],
  ],
  [
    'bye',
    [
      '(bye|goodbye|good bye|see you|quit|exit|close|leave|i am done|that is all|that is it|done for today|enough for today|finish for today|until tomorrow|see you tomorrow|good night|ciao|bye bye|stop here|have a nice day|leave conversation|end conversation|that will be all|nothing else)',
    ],
  ],
  ['stop', ['(stop|stop it|stop that|stop this|stop now|stopp|end|halt everything|enough)']],
  [
    'later',
    [
      '(later|not now|not yet|another time|tomorrow|maybe later|remind me later|some other time|not today|ask me later|i will think about it|let me think|i need to think|i need to ask|i have to ask someone|in a minute|in a moment|skip|skip it|wait until later|give me time|one moment|moment)',
    ],
  ],
  [
    'go-on',
    [
      '(yes|sure|yeah|yep|ok) (go on|continue)',
      '(next|go on|continue|go ahead|proceed|carry on|keep on|move on|advance|forward|next please|and then|then go on|further|onward|start then|do next step|next step please|get on with it|lets go|go then|let us go|go on with it|take next step|continue journey)',
    ],
  ],
  [
    'choice',
    [
      '[i|we] [take|want|choose|pick|would take|prefer] [option|choice|answer|number|no|nr] [option|choice|number] (?<nth>[1-9]|first|second|third|fourth|fifth|last|one|two|three|four|five|a|b|c) [one|option|choice|please|answer]',
    ],
  ],
  [
    'yes',
    [
      `[${yesWord}] (${yesWord}) [${yesWord}|it|that|so|then|go ahead|do it|do that|thanks|thank you]`,
      '(yes|ok|sure|yeah|okay|yep) (go ahead|do that one|start|do please|i am sure|i do|you can|look)',
    ],
  ],
  ['no', [`(${noWord}) [${noWord}|it|that|thanks|thank you|later|not now]`]],
  [
    'thanks',
    [
      '(thanks|thank you|thx|ty|cheers|many thanks|thanks lot|thank you very much|thank you so much|much appreciated|appreciated|that helps|that helped|nice|well done|good job|great work|cool|wow) [guide|for that|for help|much|lot]',
    ],
  ],
  ['how-are-you', ['how are you [doing|today|feeling]', 'how do you do', 'how is life']],
  [
    'greeting',
    [
      '(hello|hi|hey|hiya|howdy|good morning|good afternoon|good evening|good day|morning|greetings|hallo|moin|hello hello|yo|hi hi|servus|hola|bonjour|anyone there|hello is anyone there|anybody there) [there|all|guide|towpath|everyone|you|friend|computer|machine|team|again]',
    ],
  ],
];
