export { alertTokens, bindAlertUseCases } from './alert-bindings';
export { ReportedDigests } from './reported-digests';
export { ReportedNews } from './reported-news';
