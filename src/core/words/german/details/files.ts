import type { Words } from '../../words.ts';

/** Warum eine Datei eines Modells nicht gelesen werden kann. */
export const files: Words['details']['files'] = {
  notFile: 'sie ist keine Datei',
  large: (size) => `sie ist größer als ${size}`,
  utf8: (byte, position) => `kein gültiges UTF-8 (Byte 0x${byte} an Position ${position})`,
  utf16: (order) => `kein gültiges UTF-16 (${order}, nach ihrer Byte-Reihenfolge-Marke)`,
  utf32: 'UTF-32 wird nicht unterstützt; speichern Sie sie als UTF-8',
  picture: (width, height) => `ein Bild von ${width} × ${height} Pixeln ist zu groß`,
  nested: (max) => `sie ist tiefer als ${max} verschachtelt`,
  values: (max) => `sie hat mehr als ${max} Werte`,
  notJson: (problem) => `sie ist kein gültiges JSON (${problem})`,
  list: 'sie ist eine Liste, erwartet wird ein Objekt',
  outside: (location) => `sie verweist auf Gewichte außerhalb ihres Ordners („${location}“), die nicht gelesen werden`,
  short: (bytes, needed) =>
    `sie endet nach ${bytes} Bytes, aber der Graph braucht ${needed}; laden Sie sie noch einmal`,
  whole: 'die ganze Datei',
  notUnderstood: 'ihr Aufbau wird nicht unterstützt',
  instead: {
    empty: 'sie ist leer; laden Sie sie noch einmal',
    lfs: 'sie ist ein Zeiger von Git LFS, nicht die Datei selbst; führen Sie „git lfs pull“ im Ordner des Modells aus',
    annex:
      'sie ist ein Zeiger von git-annex, nicht die Datei selbst; führen Sie „git annex get“ im Ordner des Modells aus',
    html: 'sie ist eine Webseite (HTML), nicht die Datei selbst; laden Sie sie noch einmal',
    json: 'sie ist JSON, kein Graph; vielleicht die Meldung eines gescheiterten Downloads',
    xml: 'sie ist XML, kein Graph; vielleicht die Meldung eines gescheiterten Downloads',
    zip: 'sie ist ein Archiv (zip) oder eine PyTorch-Datei, kein ONNX-Graph',
    gzip: 'sie ist komprimiert (gzip); entpacken Sie sie',
    hdf5: 'sie ist eine HDF5-Datei, kein ONNX-Graph',
    safetensors: 'sie ist eine safetensors-Datei, kein ONNX-Graph',
  },
};
