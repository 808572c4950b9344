/** What `--help` says. */
export const help = `Text Attention: what a transformer looks at, for one text.

node dist/cli.cjs [options] TEXT        TEXT is the text itself, or - to read it from standard input
node dist/cli.cjs models                the models on this machine, and well-chosen ones to download
node dist/cli.cjs download ID           shows what a model of the hub consists of, asks, and downloads it
node dist/cli.cjs delete ID             deletes a downloaded model
node dist/cli.cjs check [options] TEXT  compares what a model says with and without its attention exposed (table or json)
                                        (a TEXT that is one of these words goes behind --)

  --model ID|DIR    a built-in model, a downloaded one (organisation/name) or the folder of one (default: masked-lm-small)
  --dtype DTYPE     fp32, q8, fp16, … where the model has several (default: the most exact that fits the memory); for download, too
  --pair TEXT       the second text of a sentence pair, for encoders
  --target TEXT     the target of an encoder-decoder; without it the model writes one
  --continue N      let the model write up to N tokens after the text, or after the target of an encoder-decoder
  --seed S          draw those tokens instead of taking the likeliest; the same seed draws the same ones
  --temperature T   draw with logits divided by T (default: the model's own, or 1); --top-k K and --top-p P draw from
                    the likeliest alone
  --user TEXT       a message to a chat model in place of TEXT, with --system TEXT before it
  --chat FILE       a whole conversation: JSON, [{"role": "user", "content": "…"}, …]
  --memory BYTES    the most memory that the model and its attention may take (default: what the machine has to spare)
  --layer N         the layer to show, from 0 (json and npz hold all of them, html too but opens with this one)
  --head N          the head to show, from 0 (likewise)
  --combine-heads mean|max, --combine-layers mean|max
                    how several heads become one; all layers as one
  --words           words in place of tokens: the sum over a word's tokens as keys, the mean as queries
  --hide special,punctuation   --pairs aa|ab|ba|bb   --renormalise
                    rows and columns left out; only from one text of a pair to one; rows that sum to 1 again
  --cover PERCENT   only the strongest links of each row that cover so much of it
  --links N         at most N links a row
  --step N          one step of a decoder alone, from 0;  --rows both|read|written names its rows
  --format FORMAT   table (default: the strongest links, for eyes), csv (a record for every weight), csv-matrix (queries down,
                    keys across), html (a page to look at, which needs nothing else), json, npz (for numpy.load),
                    svg (the head view), svg-matrix, svg-model (all heads), svg-layers
  --out FILE        write to FILE instead of standard output
  --help            show this

download also takes --yes (do not ask) and --host URL (a mirror of the hub). Models lie in TEXT_ATTENTION_STORE, else in the cache
folder of the user. A token for gated models is taken from HF_TOKEN: it goes to the usual hub, or to the
host that HF_ENDPOINT names, never to that of --host alone. A proxy is taken from HTTPS_PROXY. Nothing else uses the network.
Ctrl-C ends every command at once. TEXT_ATTENTION_LOG names a file that takes the details of errors.
`;
