// Runs one bundled function in a process of its own: an event comes in, an answer or an error goes out.
const { handler } = require(process.argv[2]);

process.on('message', async ({ id, event, remainingMs }) => {
  const end = Date.now() + remainingMs;
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME, functionVersion: '$LATEST', memoryLimitInMB: '1024', awsRequestId: id, callbackWaitsForEmptyEventLoop: false,
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`, getRemainingTimeInMillis: () => end - Date.now(),
  };
  try {
    process.send({ id, answer: (await handler(event, context)) ?? null });
  } catch (error) {
    process.send({ id, error: { errorType: error.name, errorMessage: error.message } });
  }
});
process.on('disconnect', () => process.exit(0));
