package dev.provisioning.ssh;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.ShellTarget;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** What goes wrong with a machine, in sentences that name host, port and user and never a key. */
final class SshFailures {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofSeconds(30);

  private SshFailures() {}

  static String place(ShellTarget target) {
    return target.user() + "@" + target.host() + ":" + target.port();
  }

  static ProviderException unreachable(ShellTarget target, String why, Throwable cause) {
    var message = "cannot reach " + place(target) + ": " + why;
    return new ProviderException(
        new Failure.Transient("HostUnreachable", message, Duration.ofSeconds(10)), cause);
  }

  static String why(Throwable cause, Duration connectTimeout) {
    return switch (cause) {
      case UnknownHostException _ -> "its name does not resolve";
      case NoRouteToHostException _ -> "there is no route to it";
      case SocketTimeoutException _ -> "no answer within " + connectTimeout.toSeconds() + " s";
      case ConnectException e when String.valueOf(e.getMessage()).contains("refused") ->
          "connection refused; does sshd run on this port?";
      default -> {
        var text = cause.getMessage();
        yield text == null ? cause.getClass().getSimpleName() : text.lines().findFirst().orElse("");
      }
    };
  }

  /** The same of a machine on the way: whoever reads it must not look at the wrong one. */
  static ProviderException atBastion(ProviderException e) {
    var message = "at the bastion: " + e.failure().message();
    return new ProviderException(
        switch (e.failure()) {
          case Failure.Invalid why -> new Failure.Invalid(why.reason(), message);
          case Failure.Denied why -> new Failure.Denied(why.reason(), message);
          case Failure.Conflict why -> new Failure.Conflict(why.reason(), message);
          case Failure.Transient why ->
              new Failure.Transient(why.reason(), message, why.retryAfter());
          case Failure.Waiting why -> new Failure.Waiting(why.reason(), message, why.retryAfter());
          case Failure.OutcomeUnknown why -> why;
          case Failure.Permanent why -> why;
          case Failure.Bug why -> why;
        },
        e);
  }

  static ProviderException connectionLost(ShellTarget target, Throwable cause) {
    return new ProviderException(
        new Failure.Transient(
            "ConnectionLost", "the connection to " + place(target) + " broke", SOON),
        cause);
  }

  static ProviderException outcomeUnknown(ShellTarget target, Throwable cause) {
    return new ProviderException(
        new Failure.OutcomeUnknown(
            "ConnectionLost",
            "the connection to "
                + place(target)
                + " broke after a command was sent; the machine is asked what became of it"),
        cause);
  }

  static ProviderException timeout(ShellTarget target, Duration limit, boolean effect) {
    var message = "a command on " + place(target) + " did not end within " + seconds(limit);
    return new ProviderException(
        effect
            ? new Failure.OutcomeUnknown("CommandTimeout", message)
            : new Failure.Transient("CommandTimeout", message, LATER));
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() < 1000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
  }

  static ProviderException hostKeyChanged(ShellTarget target, String seen) {
    return new ProviderException(
        new Failure.Conflict(
            "HostKeyChanged",
            ("the host key of %s:%d is not the pinned one: expected %s, seen %s. Nothing was sent to it."
                    + " If the machine was reinstalled on purpose, pin the new key")
                .formatted(
                    target.host(), target.port(), String.join(" or ", target.hostKeys()), seen)));
  }

  static ProviderException firstKeyChanged(ShellTarget target, String expected, String seen) {
    return new ProviderException(
        new Failure.Conflict(
            "HostKeyChanged",
            ("the host key of %s:%d changed since the first contact: expected %s, seen %s."
                    + " Nothing was sent to it")
                .formatted(target.host(), target.port(), expected, seen)));
  }

  static ProviderException hostKeyUnknown(ShellTarget target) {
    return new ProviderException(
        new Failure.Invalid(
            "HostKeyUnknown",
            ("no host key of %s:%d is known: pin its fingerprint in ssh.hostKeys,"
                    + " or say hostKeyPolicy: TrustOnFirstUse")
                .formatted(target.host(), target.port())));
  }

  static ProviderException authenticationRefused(ShellTarget target, Throwable cause) {
    return new ProviderException(
        new Failure.Denied(
            "AuthenticationRefused",
            "%s:%d refuses the key for user %s: is its public half in that user's authorized_keys?"
                .formatted(target.host(), target.port(), target.user())),
        cause);
  }

  static ProviderException keyUnreadable(ShellTarget target, Throwable cause) {
    return new ProviderException(
        new Failure.Invalid(
            "PrivateKeyInvalid",
            "the private key for "
                + place(target)
                + " is not an unencrypted OpenSSH or PEM private key"),
        // The cause may quote the key: only its kind is kept.
        new IllegalArgumentException(cause.getClass().getName()));
  }

  static ProviderException sudoDenied(ShellTarget target, String said) {
    return new ProviderException(
        new Failure.Denied(
            "SudoDenied",
            "user %s on %s:%d may not use sudo without a password (%s)"
                .formatted(target.user(), target.host(), target.port(), said)));
  }

  static ProviderException circuitOpen(ShellTarget target, int failures, Duration open) {
    return new ProviderException(
        new Failure.Transient(
            "CircuitOpen",
            "%s could not be reached %d times in a row; no further try for %d s"
                .formatted(place(target), failures, open.toSeconds()),
            open));
  }

  static ProviderException noSession(ShellTarget target, Throwable cause) {
    return new ProviderException(
        new Failure.Transient(
            "ConnectionLost",
            place(target) + " opens no further session: is sshd's MaxSessions below 10?",
            SOON),
        cause);
  }

  static ProviderException closed(ShellTarget target) {
    return new ProviderException(
        new Failure.Transient(
            "ConnectionLost", "the connection to " + place(target) + " was closed by us", SOON));
  }

  /** A command of the agent ended without an answer; its own words decide. */
  static ProviderException agentFailed(ShellTarget target, int exit, String said) {
    var lines = said.lines().filter(line -> !line.isBlank()).toList();
    var last = lines.isEmpty() ? "exit " + exit : lines.getLast();
    var full = lines.stream().filter(line -> line.contains("No space left on device")).findFirst();
    if (full.isPresent()) {
      return new ProviderException(
          new Failure.Waiting(
              "DiskFull",
              "a disk of " + place(target) + " is full, free some space there: " + full.get(),
              Duration.ofMinutes(1)));
    }
    if (exit == 127 || said.contains("/bin/bash: No such file")) {
      return new ProviderException(
          new Failure.Invalid(
              "ShellMissing",
              place(target) + " lacks a needed program (bash, tar, flock): " + last));
    }
    return new ProviderException(
        new Failure.Transient(
            "AgentFailed", "the step protocol failed on " + place(target) + ": " + last, LATER));
  }

  /** {@code error REASON MESSAGE}, said by the agent before it did anything. */
  static ProviderException refused(ShellTarget target, String reason, String message) {
    var text = place(target) + ": " + message;
    return new ProviderException(
        switch (reason) {
          case "StaleEpoch" -> new Failure.Conflict(reason, text);
          case "RunnerNotStarted", "ConnectionLost" -> new Failure.Transient(reason, text, LATER);
          default -> new Failure.Bug("AgentFailed", text);
        });
  }

  static ProviderException badBundle(String what) {
    return new ProviderException(new Failure.Bug("BundleInvalid", what));
  }
}
