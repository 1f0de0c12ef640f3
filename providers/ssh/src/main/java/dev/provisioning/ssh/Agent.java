package dev.provisioning.ssh;

import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The script {@code agent.sh} on the machine. Every call first makes sure that exactly this version
 * of it is there, on the same channel: a machine that has it pays nothing.
 */
final class Agent {
  private static final byte[] SCRIPT = script();
  private static final String DIGEST = sha256(SCRIPT);

  /** $1 digest, $2 size, then the agent's own arguments. */
  private static final String BOOTSTRAP =
      """
      set -eu; umask 077
      a=/var/lib/provisioning/bin/agent-$1
      if [ ! -f "$a" ]; then
        echo need-agent
        mkdir -p "${a%/*}"
        trap 'rm -f "$a.$$"' EXIT
        head -c "$2" >"$a.$$"
        echo "$1  $a.$$" | sha256sum --check --quiet --strict
        mv "$a.$$" "$a"
      fi
      shift 2
      echo ready
      exec /bin/bash "$a" "$@"
      """;

  private final Conversations conversations;

  Agent(Conversations conversations) {
    this.conversations = conversations;
  }

  /** A command of the agent. */
  record Call(List<String> arguments, Duration limit, boolean effect) {
    Call {
      arguments = List.copyOf(arguments);
    }

    static Call reading(Duration limit, String... arguments) {
      return new Call(List.of(arguments), limit, false);
    }
  }

  /** What is said after the agent is ready. */
  interface Talk<T> {
    T with(RemoteProcess agent) throws IOException;
  }

  <T> T call(ShellTarget target, Call call, Talk<T> talk) {
    var order = new Conversations.Order(commandLine(target, call), call.limit(), call.effect());
    return conversations.hold(
        target,
        order,
        (process, _) -> {
          makeReady(target, process);
          return talk.with(process);
        });
  }

  /** The agent's next line; when there is none, its own words become the failure. */
  static String expectLine(ShellTarget target, RemoteProcess agent) throws IOException {
    var line = agent.line();
    if (line.isEmpty()) {
      throw ended(target, agent);
    }
    if (line.get().startsWith("error ")) {
      var words = line.get().split(" ", 3);
      throw SshFailures.refused(target, words[1], words.length > 2 ? words[2] : "");
    }
    return line.get();
  }

  static RuntimeException ended(ShellTarget target, RemoteProcess agent) throws IOException {
    int exit = agent.exit();
    var said = agent.errors();
    return Sudo.denied(target, exit, said)
        ? SshFailures.sudoDenied(target, Sudo.words(said))
        : SshFailures.agentFailed(target, exit, said);
  }

  private static void makeReady(ShellTarget target, RemoteProcess process) throws IOException {
    var line = expectLine(target, process);
    if (line.equals("need-agent")) {
      process.send(SCRIPT);
      line = expectLine(target, process);
    }
    if (!line.equals("ready")) {
      throw SshFailures.agentFailed(target, 0, "unexpected answer: " + line);
    }
  }

  private static String commandLine(ShellTarget target, Call call) {
    var words = new ArrayList<>(List.of("/bin/bash", "-c", BOOTSTRAP, "provisioning-agent"));
    words.add(DIGEST);
    words.add(Integer.toString(SCRIPT.length));
    words.addAll(call.arguments());
    return CommandLines.sudo(target, true) + CommandLines.quote(words);
  }

  private static byte[] script() {
    try (var in = Agent.class.getResourceAsStream("agent.sh")) {
      if (in == null) {
        throw new IllegalStateException("agent.sh is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
