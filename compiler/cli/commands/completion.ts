import { nearest } from "../../../language/diagnostics/suggest.ts";
import { EXIT, usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { listed } from "../report/words.ts";

/** `seg completion`: a script for a shell to source. What it offers, it asks of `seg __complete`, so it never grows old. */
export function completion(io: Io, shell: string): number {
  const known = Object.keys(SCRIPTS);
  const names = listed(known.map((name) => `\`${name}\``));
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined) {
    const near = nearest(shell, known);
    throw usage(
      `There is no completion for the shell \`${shell}\`.`,
      near === null ? `There is one for ${names}.` : `Write \`${near}\`.`,
    );
  }
  io.stdout.write(script);
  return EXIT.clean;
}

// Each hands over the words after `seg` up to the cursor, the last one perhaps empty, and gets a candidate a line. Where there is none, the shell offers files.

const BASH = `_seg() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("$candidate")
  done < <(seg __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _seg seg
`;

const ZSH = `#compdef seg
_seg() {
  local -a found
  found=("\${(@f)$(seg __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then
    compadd -a found
  else
    _files
  fi
}
compdef _seg seg
`;

const FISH = `function __seg_complete
  set -l words (commandline -opc) (commandline -ct)
  seg __complete -- $words[2..-1] 2>/dev/null
end
complete -c seg -a '(__seg_complete)'
`;

const POWERSHELL = `Register-ArgumentCompleter -Native -CommandName seg -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($wordToComplete -eq '') { $words += '""' }
  seg __complete -- @words 2>$null | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;

/** The script of each shell. */
export const SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL };
