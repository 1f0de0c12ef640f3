# A Go toolchain that can build the control plane. Sourced, never run.
# shellcheck shell=bash disable=SC2154
go_version=1.25.3
# What compiles and links here lives for moments: collecting its garbage less often spares a third of the work.
export GOGC=400

recent() { # GO: can it build what we need?
  local version
  version=$("$1" env GOVERSION 2>/dev/null) || return 1
  [[ $(printf '%s\n' go1.24 "$version" | sort -V | head -1) == go1.24 ]]
}

go_from_modules() { # the toolchain is itself a module; an older go can fetch it
  need go golang-go
  local module home
  module=golang.org/toolchain@v0.0.1-go$go_version.$(go env GOOS)-$(go env GOARCH)
  home=$(GOFLAGS=-mod=mod go mod download -json "$module" 2>/dev/null | sed -n 's/.*"Dir": "\(.*\)",*/\1/p')
  [[ -n $home ]] || die "Go $go_version could not be had from the Go module proxy: install Go 1.24 or newer"
  # Modules carry no permission bits.
  chmod -R u+w "$home"
  chmod +x "$home"/bin/* "$home"/pkg/tool/*/*
  printf '%s/bin/go\n' "$home"
}

find_go() {
  if have go && recent go; then
    command -v go
  else
    say "fetching Go $go_version" && go_from_modules
  fi
}
