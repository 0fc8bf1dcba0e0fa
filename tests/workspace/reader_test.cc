// A program of somebody else with the client.  It calls nobody: that it can be built and started is
// all that is asked.

#include "clients/cpp/client.h"

int main() { return crossfoot::client::Client::Connect("127.0.0.1:50051").ok() ? 0 : 1; }
