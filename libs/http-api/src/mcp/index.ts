export { CallerError, inProcess, overHttp, type AskApi } from './api-caller';
export { buildMcpServer, serveMcp, type McpServerOptions } from './mcp-server';
