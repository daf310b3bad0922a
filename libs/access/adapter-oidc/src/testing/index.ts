export { CLIENT_ID, CLIENT_SECRET, startProvider, throughProvider, type AtProvider, type RealProviderOptions } from './real-provider';
export { stubIssuer, type StubBehaviour } from './stub-issuer';
