import { nameOf } from '../../core/catalogue/hub-id.ts';
import { dtypes, type Dtype } from '../../core/catalogue/dtype.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import type { DownloadPlan } from '../../protocol/hub.ts';
import type { RowWords } from '../window/inert.ts';
import { pickRow } from '../window/window.ts';

const about: Readonly<Record<Dtype, string>> = {
  fp32: '32 bits: exact, the largest',
  q8: '8 bits, quantised: small, nearly the same numbers',
  int8: '8 bits, signed',
  uint8: '8 bits, unsigned',
  fp16: '16 bits: half the size, slower on a processor',
  q4: '4 bits: small, coarser numbers',
  q4f16: '4 bits with 16-bit activations: the smallest',
  bnb4: '4 bits, NF4',
};

interface FormatItem extends RowWords {
  readonly dtype: Dtype;
}

/** Lets the person choose among the number formats that the host has. Resolves with null when they left it. */
export async function chooseFormat(plan: DownloadPlan): Promise<Dtype | null> {
  const sorted = [...plan.dtypes].sort((a, b) => dtypes.indexOf(a.dtype) - dtypes.indexOf(b.dtype));
  const items = sorted.map(({ dtype, bytes, fits }): FormatItem => ({
    dtype,
    label: dtype,
    description: `${sizeOf(bytes)}${fits ? '' : ' · does not fit the memory'}${dtype === plan.dtype ? ' · chosen now' : ''}`,
    detail: about[dtype],
  }));
  const chosen = await pickRow(items, {
    title: `Attention: Number Format of “${nameOf(plan)}”`,
    placeholder: 'How the numbers of the weights are written',
    ignoreFocusOut: true,
  });
  return chosen?.dtype ?? null;
}
