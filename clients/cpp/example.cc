#include <iostream>

#include "clients/cpp/client.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto client = crossfoot::client::Client::Connect(argv[1]);  // "127.0.0.1:50051"
  if (!client.ok()) return std::cerr << client.status() << "\n", 2;
  const auto result = client->CheckFile(argv[2]);  // "report.txt"
  if (!result.ok()) return std::cerr << result.status() << "\n", 2;
  for (const auto& finding : result->findings())
    std::cout << finding.rule_id() << " " << finding.message() << "\n";
  return result->findings().empty() ? 0 : 1;
}
