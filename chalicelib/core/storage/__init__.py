"""How is anything stored? One DynamoDB table, keys on one page, guarded writes."""
