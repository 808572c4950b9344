/** A publication, as it is cited: names and titles are not translated. */
export interface Paper {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  /** Where it is to be read. */
  readonly url: string;
}

const acl = (id: string): string => `https://aclanthology.org/${id}`;
const arxiv = (id: string): string => `https://arxiv.org/abs/${id}`;

function paper(authors: string, year: number, title: string, url: string): Paper {
  return { authors, year, title, url };
}

/** Every publication that the glossary and its pages cite. */
export const papers = {
  abnar: paper('Abnar & Zuidema', 2020, 'Quantifying Attention Flow in Transformers', acl('2020.acl-main.385')),
  ainslie: paper(
    'Ainslie et al.',
    2023,
    'GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints',
    arxiv('2305.13245'),
  ),
  ba: paper('Ba, Kiros & Hinton', 2016, 'Layer Normalization', arxiv('1607.06450')),
  bahdanau: paper(
    'Bahdanau, Cho & Bengio',
    2015,
    'Neural Machine Translation by Jointly Learning to Align and Translate',
    arxiv('1409.0473'),
  ),
  bastings: paper(
    'Bastings & Filippova',
    2020,
    'The elephant in the interpretability room: Why use attention as explanation when we have saliency methods?',
    acl('2020.blackboxnlp-1.14'),
  ),
  beltagy: paper('Beltagy, Peters & Cohan', 2020, 'Longformer: The Long-Document Transformer', arxiv('2004.05150')),
  bibal: paper(
    'Bibal et al.',
    2022,
    'Is Attention Explanation? An Introduction to the Debate',
    acl('2022.acl-long.269'),
  ),
  clark: paper('Clark et al.', 2019, 'What Does BERT Look at? An Analysis of BERT’s Attention', acl('W19-4828')),
  devlin: paper(
    'Devlin et al.',
    2019,
    'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding',
    acl('N19-1423'),
  ),
  elhage: paper(
    'Elhage et al.',
    2021,
    'A Mathematical Framework for Transformer Circuits',
    'https://transformer-circuits.pub/2021/framework/index.html',
  ),
  geva: paper(
    'Geva et al.',
    2021,
    'Transformer Feed-Forward Layers Are Key-Value Memories',
    acl('2021.emnlp-main.446'),
  ),
  gu: paper(
    'Gu et al.',
    2024,
    'When Attention Sink Emerges in Language Models: An Empirical View',
    arxiv('2410.10781'),
  ),
  he: paper('He et al.', 2016, 'Deep Residual Learning for Image Recognition', arxiv('1512.03385')),
  hinton: paper('Hinton, Vinyals & Dean', 2015, 'Distilling the Knowledge in a Neural Network', arxiv('1503.02531')),
  holtzman: paper('Holtzman et al.', 2020, 'The Curious Case of Neural Text Degeneration', arxiv('1904.09751')),
  jacovi: paper(
    'Jacovi & Goldberg',
    2020,
    'Towards Faithfully Interpretable NLP Systems: How Should We Define and Evaluate Faithfulness?',
    acl('2020.acl-main.386'),
  ),
  jain: paper('Jain & Wallace', 2019, 'Attention is not Explanation', acl('N19-1357')),
  kobayashi: paper(
    'Kobayashi et al.',
    2020,
    'Attention is Not Only a Weight: Analyzing Transformers with Vector Norms',
    acl('2020.emnlp-main.574'),
  ),
  kullback: paper(
    'Kullback & Leibler',
    1951,
    'On Information and Sufficiency',
    'https://doi.org/10.1214/aoms/1177729694',
  ),
  lin: paper('Lin', 1991, 'Divergence Measures Based on the Shannon Entropy', 'https://doi.org/10.1109/18.61115'),
  luong: paper(
    'Luong, Pham & Manning',
    2015,
    'Effective Approaches to Attention-based Neural Machine Translation',
    acl('D15-1166'),
  ),
  mcgrath: paper(
    'McGrath et al.',
    2023,
    'The Hydra Effect: Emergent Self-repair in Language Model Computations',
    arxiv('2307.15771'),
  ),
  michel: paper('Michel, Levy & Neubig', 2019, 'Are Sixteen Heads Really Better than One?', arxiv('1905.10650')),
  och: paper('Och & Ney', 2003, 'A Systematic Comparison of Various Statistical Alignment Models', acl('J03-1002')),
  olsson: paper('Olsson et al.', 2022, 'In-context Learning and Induction Heads', arxiv('2209.11895')),
  pruthi: paper(
    'Pruthi et al.',
    2020,
    'Learning to Deceive with Attention-Based Explanations',
    acl('2020.acl-main.432'),
  ),
  raffel: paper(
    'Raffel et al.',
    2020,
    'Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer',
    arxiv('1910.10683'),
  ),
  sennrich: paper(
    'Sennrich, Haddow & Birch',
    2016,
    'Neural Machine Translation of Rare Words with Subword Units',
    acl('P16-1162'),
  ),
  serrano: paper('Serrano & Smith', 2019, 'Is Attention Interpretable?', acl('P19-1282')),
  shannon: paper(
    'Shannon',
    1948,
    'A Mathematical Theory of Communication',
    'https://doi.org/10.1002/j.1538-7305.1948.tb01338.x',
  ),
  su: paper('Su et al.', 2021, 'RoFormer: Enhanced Transformer with Rotary Position Embedding', arxiv('2104.09864')),
  vaswani: paper('Vaswani et al.', 2017, 'Attention Is All You Need', arxiv('1706.03762')),
  vig: paper(
    'Vig & Belinkov',
    2019,
    'Analyzing the Structure of Attention in a Transformer Language Model',
    acl('W19-4808'),
  ),
  voita: paper(
    'Voita et al.',
    2019,
    'Analyzing Multi-Head Self-Attention: Specialized Heads Do the Heavy Lifting, the Rest Can Be Pruned',
    acl('P19-1580'),
  ),
  wiegreffe: paper('Wiegreffe & Pinter', 2019, 'Attention is not not Explanation', acl('D19-1002')),
  xiao: paper('Xiao et al.', 2023, 'Efficient Streaming Language Models with Attention Sinks', arxiv('2309.17453')),
} as const satisfies Readonly<Record<string, Paper>>;

/** The name of a paper in {@link papers}. */
export type PaperId = keyof typeof papers;
