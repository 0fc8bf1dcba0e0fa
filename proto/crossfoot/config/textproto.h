#ifndef CROSSFOOT_PROTO_CROSSFOOT_CONFIG_TEXTPROTO_H_
#define CROSSFOOT_PROTO_CROSSFOOT_CONFIG_TEXTPROTO_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"

// Reads the project's data files: textproto with the line of every field kept, so that whoever
// checks their meaning can say where a mistake stands.

namespace crossfoot::config {

// Where the fields of one parsed file stand.
class Locations {
 public:
  // The line, from 1, of element `index` of the repeated field `field` of `message`, which must be
  // the one that was parsed; 0 when it was not printed.
  int LineOf(const google::protobuf::Message& message, const char* field, int index) const;

  // "line:column" of the same element or, where `path` names fields inside it one within the other,
  // of the last of them that was printed: {"identity", "expression"}.
  std::string PlaceOf(const google::protobuf::Message& message, const char* field, int index,
                      const std::vector<std::string>& path = {}) const;

  google::protobuf::TextFormat::ParseInfoTree* tree() { return &tree_; }

 private:
  google::protobuf::TextFormat::ParseInfoTree tree_;
};

// kDataInvalid with metadata "file" and "line" when `text` does not parse: unknown fields are
// errors.  `message` is then in no particular state.
absl::Status Parse(const std::string& path, const std::string& text,
                   google::protobuf::Message* message, Locations* locations);

}  // namespace crossfoot::config

#endif  // CROSSFOOT_PROTO_CROSSFOOT_CONFIG_TEXTPROTO_H_
