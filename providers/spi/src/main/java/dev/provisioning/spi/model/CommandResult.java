package dev.provisioning.spi.model;

/** Exit status and bounded output (64 KiB each, the end is kept) of a remote command. */
public record CommandResult(int exitCode, String stdout, String stderr) {
  public boolean succeeded() {
    return exitCode == 0;
  }
}
