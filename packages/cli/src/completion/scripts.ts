/** Shells that can complete. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** What makes a shell ask `mozdef` for the words that may come. Where it knows none, files are completed. */
export const COMPLETIONS: Readonly<Record<Shell, string>> = {
  bash: `_mozdef() {
  local IFS=$'\\n'
  COMPREPLY=($(mozdef complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _mozdef mozdef`,
  zsh: `#compdef mozdef
_mozdef() {
  local -a found
  found=("\${(@f)$(mozdef complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[*]}" ]]; then compadd -- $found; else _files; fi
}
compdef _mozdef mozdef`,
  fish: `function __mozdef_complete
  set -l words (commandline -opc)
  mozdef complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete --command mozdef --arguments '(__mozdef_complete)'`,
};
