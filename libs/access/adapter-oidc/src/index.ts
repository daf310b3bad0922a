export { OidcSignIn, type OidcSignInOptions, type ProviderSummary } from './oidc-sign-in';
