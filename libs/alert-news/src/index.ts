export { ReportedNews } from './reported-news';
