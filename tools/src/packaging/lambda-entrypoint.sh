#!/bin/busybox sh
# What Lambda's base images start: the runtime client, with the handler as its argument.
export _HANDLER="$1"
exec /var/lang/bin/node /var/runtime/index.mjs "$1"
