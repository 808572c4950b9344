/** Why a host, its answers or a download cannot be used. */
export const hub = {
  id: 'a model of the hub is named organisation/name, such as Xenova/bert-base-uncased',
  revision: (name: string) => `“${name}” is not a valid name of a revision`,
  model: (id: string) => `model “${id}”`,
  file: (path: string, model: string) => `file ${path} of the model “${model}”`,
  host: (name: string) => `host “${name}”`,

  /** Addresses and tokens of the settings. */
  address: 'it is not an address such as https://models.example.org',
  addressScheme: 'the address must begin with https:// or http://',
  addressPassword: 'the address must not contain a password; set a token instead',
  addressQuery: 'the address must not contain ? or #',
  tokenCharacters: 'it contains characters that are not allowed in a token',
  tokenNeedsHttps: 'a token is only sent over https',
  tokenText: 'a token must be a string',
  proxyText: 'the address of a proxy must be a string',
  proxyObject: 'a proxy must have an address',
  authorizationText: 'the authorization must be a string',
  proxyVariables: 'HTTPS_PROXY or HTTP_PROXY in the environment',
  proxyAddress: 'it must be the address of an HTTP proxy, such as http://proxy.example.org:3128',

  /** Connections, by the code of the system. */
  connection: {
    ENOTFOUND: 'its name is unknown',
    EAI_AGAIN: 'its name could not be looked up',
    ECONNREFUSED: 'it refused the connection',
    ENETUNREACH: 'there is no network',
    EHOSTUNREACH: 'there is no route to it',
    ECONNRESET: 'the connection was closed too early',
    EPIPE: 'the connection was closed too early',
  },
  failed: 'the connection failed',
  certificate: (code: string) => `its certificate is not trusted (${code})`,
  tls: (code: string) => `it does not use TLS, as an https address must (${code})`,
  silent: (seconds: number) => `no data arrived for ${seconds} seconds`,
  proxyPassword: 'the proxy asks for a user name and a password (status 407)',
  proxyRefused: (status: number | undefined) => `the proxy refused the connection (status ${status ?? 'unknown'})`,
  wait: {
    unknown: 'for a while',
    seconds: (count: number) => (count === 1 ? '1 second' : `${count} seconds`),
    minutes: (count: number) => `${count} minutes`,
  },

  /** Answers. `wanted` is a {@link model} or a {@link file}. */
  notHttp: (code: string) => `an answer that is not HTTP (${code})`,
  otherProtocol: 'it asks for another protocol (status 101)',
  interim: 'too many interim answers (status 1xx)',
  otherHost: 'it names a page on another host',
  redirects: 'it redirects too often',
  redirectOffWeb: 'it redirects to an address that is not on the web',
  redirectInsecure: 'it redirects from https to http',
  webPage: (wanted: string) => `a web page instead of the ${wanted}`,
  encoding: (wanted: string, encoding: string) => `the ${wanted} in an encoding that was not requested (${encoding})`,
  descriptionForm: (wanted: string, place: string | null) =>
    `the description of ${wanted} is not of the form that a hub gives (${place ?? 'all of it'})`,
  descriptionLarge: (wanted: string) => `the description of ${wanted} is too large`,
  descriptionText: (wanted: string, problem: string) => `the description of ${wanted} cannot be read: ${problem}`,
  notDescription: (wanted: string) => `something other than the description of ${wanted}`,
  endlessList: (wanted: string) => `a list of files without end for the ${wanted}`,
  longList: (max: number, wanted: string) => `a list of more than ${max} files for the ${wanted}`,

  /** Plans and downloads. */
  plan: 'download plan',
  planTwice: 'it names a file twice',
  planSize: 'its size is wrong',
  planHost: (planned: string, host: string) => `it is for ${planned}, but the host is ${host}`,
  manyFiles: (count: number, max: number) => `it has ${count} files, and no more than ${max} are downloaded`,
  noGraph:
    'it has no graph of a text model ' +
    '(onnx/model.onnx, or onnx/decoder_model_merged.onnx with onnx/encoder_model.onnx or onnx/embed_tokens.onnx)',
  fileName: 'the name is not that of a model file',
  checksum: 'its checksum is not the one that the host lists',
  changes: 'it changes while it is downloaded',
  announced: (bytes: number, listed: number) => `the host announced ${bytes} bytes, but lists ${listed}`,
  tooLong: (listed: number) => `more than the ${listed} bytes that the host lists`,
  tooShort: (bytes: number, listed: number) => `it ended after ${bytes} of ${listed} bytes`,
};
