/** What the panel tells its host and tests ask about. */
export const toldNames = [
  'select',
  'edit',
  'view',
  'reveal',
  'command',
  'example',
  'glossary',
  'export',
  'copied',
  'link',
  'write',
  'accept',
  'fill',
] as const;
