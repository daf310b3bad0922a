module.exports = async () => globalThis.__stopDynamoDbLocal?.();
