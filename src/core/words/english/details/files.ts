/** Why a file of a model cannot be read. */
export const files = {
  notFile: 'it is not a file',
  large: (size: string) => `it is larger than ${size}`,
  utf8: (byte: string, position: number) => `not valid UTF-8 (byte 0x${byte} at position ${position})`,
  utf16: (order: string) => `not valid UTF-16 (${order}, according to its byte order mark)`,
  utf32: 'UTF-32 is not supported; save it as UTF-8',
  picture: (width: number, height: number) => `a picture of ${width} × ${height} pixels is too large`,
  nested: (max: number) => `it is nested more than ${max} deep`,
  values: (max: number) => `it has more than ${max} values`,
  notJson: (problem: string) => `it is not valid JSON (${problem})`,
  list: 'it is a list, but an object is expected',
  outside: (location: string) => `it refers to weights outside its own folder (“${location}”), which are not read`,
  short: (bytes: number, needed: number) =>
    `it ends after ${bytes} bytes, but the graph needs ${needed}; download it again`,
  whole: 'the whole file',
  notUnderstood: 'its structure is not supported',
  /** What a file is in place of what it should be. */
  instead: {
    empty: 'it is empty; download it again',
    lfs: 'it is a Git LFS pointer, not the file itself; run “git lfs pull” in the folder of the model',
    annex: 'it is a git-annex pointer, not the file itself; run “git annex get” in the folder of the model',
    html: 'it is a web page (HTML), not the file itself; download it again',
    json: 'it is JSON, not a graph; it may be the message of a failed download',
    xml: 'it is XML, not a graph; it may be the message of a failed download',
    zip: 'it is an archive (zip) or a PyTorch file, not an ONNX graph',
    gzip: 'it is compressed (gzip); unpack it',
    hdf5: 'it is an HDF5 file, not an ONNX graph',
    safetensors: 'it is a safetensors file, not an ONNX graph',
  },
};
