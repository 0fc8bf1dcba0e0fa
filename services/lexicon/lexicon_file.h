#ifndef CROSSFOOT_SERVICES_LEXICON_LEXICON_FILE_H_
#define CROSSFOOT_SERVICES_LEXICON_LEXICON_FILE_H_

#include <string>

namespace crossfoot::lexicon {

// One file of words.
struct LexiconFile {
  std::string path;  // for messages
  std::string text;  // textproto of crossfoot.config.v1.Lexicon or Layout
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_LEXICON_FILE_H_
