# Completion of crossfoot for bash 4 or later.

# Sets `words` to what the value of flag $2 of command $1 may be: words, or their kind behind @.  Fails for a flag
# without a value.
_crossfoot_value() {
  case $1/$2 in
@values
    *) return 1 ;;
  esac
}

_crossfoot() {
  # From the line rather than from COMP_WORDS, which is broken at "=" and ":".
  local line=${COMP_LINE:0:COMP_POINT}
  local typed=${line##*[[:blank:]]}
  local -a tokens
  read -ra tokens <<<"${line%"$typed"}"
  local command=${tokens[1]:-} previous=${tokens[-1]:-} flag='' start='' words=''
  COMPREPLY=()

  if [[ $typed == --*=* ]]; then
    flag=${typed%%=*} start=$flag=
  elif [[ $previous == --* && $previous != *=* && $typed != --* ]]; then
    flag=$previous
  fi
  local value=${typed#"$start"} operands=0 action='' i
  for ((i = 2; i < ${#tokens[@]}; ++i)); do
    if [[ ${tokens[i]} != -* ]]; then
      ((operands++)) || action=${tokens[i]}
    elif _crossfoot_value "$command" "${tokens[i]}"; then
      ((++i))
    fi
  done

  words=''
  _crossfoot_value "$command" "$flag" || flag='' start='' value=$typed
  if [[ -z $flag ]]; then
    case $command/$typed in
      /*) words='@verbs --help --version' ;;
@words
    esac
  fi

  case $words in
    @files) compopt -o default ;;
    @folders) compopt -o dirnames ;;
    @rules) words=$("${tokens[0]}" rules list 2>/dev/null | cut -d ' ' -f 1) ;;
    *:*) [[ $value != *:* ]] || { compopt -o default && return; } ;;
  esac
  [[ $words != @* ]] || return 0

  # Bash puts what it is given behind the last of its breaks.
  local break head='' word
  for break in = :; do
    if [[ $COMP_WORDBREAKS == *"$break"* && $typed == *"$break"* ]]; then
      word=${typed%"${typed##*"$break"}"}
      ((${#word} <= ${#head})) || head=$word
    fi
  done
  for word in $words; do
    word=$start$word
    [[ $word != "$typed"* ]] || COMPREPLY+=("${word#"$head"}")
  done
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[=:] ]]; then compopt -o nospace; fi
  return 0
}

complete -F _crossfoot crossfoot
