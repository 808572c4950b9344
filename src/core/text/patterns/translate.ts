/** first version, replaced below */
export function translated(source: string): string | undefined {
  return source.replaceAll('\\s', '\\p{White_Space}').replaceAll('\\S', '\\P{White_Space}');
}
