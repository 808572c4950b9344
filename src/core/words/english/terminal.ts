import { countText } from './grammar.ts';

/** What the program says in a terminal. */
export const terminal = {
  help: `Text Attention: the attention of a transformer on one text.

node dist/cli.cjs [options] TEXT        TEXT is the text itself, or - to read it from standard input
node dist/cli.cjs models                the models on this machine, and recommended ones to download
node dist/cli.cjs download ID           shows what a model of the hub consists of, asks, and downloads it
node dist/cli.cjs delete ID             deletes a downloaded model
node dist/cli.cjs check [options] TEXT  compares the outputs of a model with and without its attention exposed
                                        (table or json)
node dist/cli.cjs explain --layer L --head H --query I --key J [--map NAME] [options] TEXT
                                        what one weight is made of: query, key, scale, biases, scores, value and output
                                        (table, json, or svg: the picture)
node dist/cli.cjs block --layer L [--head H] [--query I] [--key J] [--parts q,k,v,scores,context,output] [options] TEXT
                                        the numbers of one layer: queries, keys, values, scores, what heads hand over
                                        (table, json, or npz with --out FILE)
node dist/cli.cjs heads [--model ID|DIR] [--similar LAYER.HEAD] [--format table|json]
                                        what each head does, measured on English sentences with known answers; kept for
                                        the next time; --similar lists the heads most like one
node dist/cli.cjs parts --layer L --head H --query I --key J [--map NAME] [--by head|token] [options] TEXT
                                        what one score is made of, by what wrote the residual stream of query and key;
                                        heads by their source tokens, too
node dist/cli.cjs parts --logit TOKEN --position I [options] TEXT
                                        what one logit after token I is made of; TOKEN as text, or # and its id
                                        (table or json)
node dist/cli.cjs effects [--position I] [options] TEXT
                                        what switching off each head, and each feed-forward part, does to the prediction
                                        at token I: KL(before ‖ after), probability before and after (table, csv or
                                        json)
node dist/cli.cjs compare [--with ID|DIR]… [--map NAME] [--layer N] [--head N] [options] TEXT [OTHER TEXT]
                                        how the attention of two or three runs differs: of other models, of another
                                        text, or with --edit of the model as it is; Jensen–Shannon of every row, the
                                        largest differences, alignment error where it is known (table, csv, json, or
                                        svg: the picture)
node dist/cli.cjs glossary [TERM]       what a term means, with formula and papers; without a term all of them
node dist/cli.cjs glossary --limits     what attention can and cannot tell
node dist/cli.cjs lesson FILE|FOLDER…   checks lessons (media/lesson/FORMAT.md): their fences, and whether what they say
                                        of numbers holds
                                        (put -- before a TEXT that is one of these words)

  --model ID|DIR    a built-in model, a downloaded one (organisation/name) or a model folder (default: masked-lm-small)
  --dtype DTYPE     fp32, q8, fp16, … where the model has several (default: the highest precision that fits in memory);
                    also for download
  --pair TEXT       the second text of a sentence pair, for encoders
  --target TEXT     the target of an encoder-decoder; without it the model generates one
  --continue N      let the model generate up to N tokens after the text, or after the target of an encoder-decoder
  --seed S          sample those tokens instead of taking the most probable; the same seed gives the same ones
  --temperature T   sample with logits divided by T (default: the model's own, or 1); --top-k K and --top-p P sample
                    from the most probable only. Next tokens then also have the probability with which they are drawn
                    (json: "drawn" beside "probability"), with or without --continue
  --user TEXT       a message to a chat model in place of TEXT, with --system TEXT before it
  --chat FILE       a whole conversation: a text whose turns begin with user: or assistant:, or JSON,
                    [{"role": "user", "content": "…"}, …]
  --memory BYTES    the memory that the model and its attention may use (default: what the machine has available)
  --edit EDIT       change the model while it runs (repeat for several): 'off 1.2' switches head 2 of layer 1 off,
                    'scale 1.2 0.5', 'ffn-off 3' (feed-forward part), 'block 1.2 6 2' (query 6 does not see key 2),
                    'bias 1.2 6 2 +3' (on the score), 'temperature 1.2 0.5', 'zero 2' (nobody receives token 2's
                    values), 'mean 2' (in their place the mean of the values of all tokens that a query sees),
                    'replace 2 "[MASK]"', 'pattern 1.2 2 0.5 0.5 0' (the weights of query 2); * is all layers or all
                    heads ('block *.* 6 2'). Of several maps the first that has the place is meant; another is named
                    before it: 'off cross/1.2', 'zero cross/2', 'replace target/2 NAME'
  --layer N         the layer to show, by its number in the model (json and npz hold all; html holds all and opens with
                    this one)
  --head N          the head to show, from 0 (the same)
  --combine-heads mean|max, --combine-layers mean|max
                    how several heads are combined; all layers combined
  --words           words instead of tokens: the sum over the key tokens of a word, the mean over its query tokens
  --hide special,punctuation   --pairs aa|ab|ba|bb   --renormalise
                    hidden rows and columns; only one part of a pair; rows that sum to 1 again
  --cover PERCENT   only the strongest links of each row that cover this share of it
  --links N         at most N links per row
  --step N          only one step of a decoder, from 0;  --rows both|read|written names its rows
  --format FORMAT   table (default: the strongest links, to read), csv (a record for each weight), csv-matrix (queries
                    in rows, keys in columns), csv-heads (a record for each head), html (a page for any browser), json,
                    npz (for numpy.load), svg (the head view), svg-matrix, svg-model (all heads), svg-layers
  --out FILE        write to FILE instead of standard output
  --help            show this

download also takes --yes (do not ask) and --host URL (a mirror of the hub). Models are stored in TEXT_ATTENTION_STORE,
or else in the cache folder of the user. A token for gated models is taken from HF_TOKEN: it is sent to the default hub,
or to the host that HF_ENDPOINT names, never to one that only --host names. A proxy is taken from HTTPS_PROXY. Nothing
else uses the network.
Ctrl-C ends every command at once. TEXT_ATTENTION_LOG names a file for the details of errors.
`,
  /** Of a process that only the extension starts. */
  notForTerminals:
    'This is the model process of Text Attention, which the extension starts. For a terminal there is dist/cli.cjs.\n',
  stopped: 'Stopped.',
  positionOf: 'a logit follows a token of the text; give its position',
  /** `attending`: how many of them attend, where not all do. */
  layers: (count: number, attending: number | null) =>
    `${attending === null ? '' : `${attending} of `}${countText(count, 'layer')}${attending === null ? '' : ' with attention'}`,
  heads: (count: number) => countText(count, 'head'),
  /** The names of the rows of a download plan. */
  plan: {
    from: 'from',
    model: 'model',
    about: 'about',
    licence: 'licence',
    numbers: 'numbers',
    files: 'files',
    size: 'size',
    into: 'into',
  },
  revision: (host: string, revision: string, commit: string) => `${host}, revision ${revision} (${commit})`,
  noDescription: 'its description does not say what it is',
  noLicence: 'not stated',
  gated: (licence: string) => `${licence}; gated: only for accounts that accepted its terms`,
  dtypes: (dtype: string, others: readonly string[]) =>
    others.length === 0 ? dtype : `${dtype} (--dtype also takes ${others.join(', ')})`,
  file: (path: string, size: string, isHere: boolean) => `${path}  ${size}${isHere ? ', here already' : ''}`,
  sizes: (total: string, missing: string) => `${total}, of which ${missing} to download`,
  waiting: (by: string) => `Waiting for ${by}`,
  progress: (done: string, total: string, percent: number, speed: string | null, file: string) =>
    `${done} of ${total} (${percent} %)${speed === null ? '' : `, ${speed}/s`}${file === '' ? '' : `, ${file}`}`,
  builtIn: 'Built in',
  downloaded: (size: string, folder: string, free: string | null) =>
    `Downloaded (${size} in ${folder}${free === null ? '' : `, ${free} free`})`,
  none: 'none',
  deleted: (model: string, size: string) => `Deleted ${model}: ${size} are free again.\n`,
  download: 'Download it?',
  declined: 'Nothing was downloaded.\n',
  downloadStopped: 'Stopped. The same command continues the download where it stopped.\n',
  ready: (model: string) => `Ready: node dist/cli.cjs --model ${model} TEXT\n`,
  toDownload: 'To download (any other model of the hub that transformers.js can load also works)',
  states: {
    complete: '',
    damaged: 'damaged: download it again',
    unfinished: 'unfinished: download it again to continue',
  },
  aboutSize: (range: string) => `about ${range}`,
  range: (min: string, max: string) => (min === max ? max : `${min} to ${max}`),
};
