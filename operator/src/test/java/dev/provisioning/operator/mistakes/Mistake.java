package dev.provisioning.operator.mistakes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file. Its head is a comment: a title, then lines of {@code >} (what is read), {@code do:}
 * (what helps), {@code machine:} (a script that spoils the machine) and {@code mend:} (one that
 * repairs it). Then come documents of YAML. A line that ends in {@code # instead: …} is the wrong
 * one, and that is what it becomes when somebody corrects it; with nothing behind, it goes away.
 *
 * <p>A document after {@code --- # at first} goes away with the correction, one after {@code --- #
 * then} comes with it, one after {@code --- # exists} is there before the mistake is made, and one
 * after {@code --- # deleted} is deleted as soon as it is ready: the mistake is that it cannot go.
 */
record Mistake(String file, String title, List<String> head, List<Document> documents) {
  private static final String INSTEAD = "# instead:";

  /** When a document is there. */
  enum Time {
    ALWAYS,
    AT_FIRST,
    THEN,
    EXISTS,
    DELETED
  }

  record Document(Time time, String text) {
    private String right() {
      return text.lines()
          .map(
              line ->
                  line.contains(INSTEAD)
                      ? indentation(line) + line.split(INSTEAD, 2)[1].strip()
                      : line)
          .filter(line -> !line.isBlank())
          .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String indentation(String line) {
      return line.substring(0, line.length() - line.stripLeading().length());
    }
  }

  static Mistake parse(String file, String text) {
    List<String> lines = text.lines().toList();
    List<String> head =
        lines.stream()
            .takeWhile(line -> line.startsWith("# "))
            .map(line -> line.substring(2))
            .toList();
    String body = lines.stream().skip(head.size()).collect(Collectors.joining("\n"));
    List<Document> documents =
        Arrays.stream(body.split("(?m)^(?=---)"))
            .filter(part -> !part.isBlank())
            .map(Mistake::document)
            .toList();
    return new Mistake(file, head.getFirst(), head.subList(1, head.size()), documents);
  }

  private static Document document(String part) {
    if (!part.startsWith("---")) {
      return new Document(Time.ALWAYS, part);
    }
    String first = part.lines().findFirst().orElseThrow();
    String text = part.substring(first.length());
    return switch (first.replaceAll("[-# ]+", " ").strip()) {
      case "" -> new Document(Time.ALWAYS, text);
      case "at first" -> new Document(Time.AT_FIRST, text);
      case "then" -> new Document(Time.THEN, text);
      case "exists" -> new Document(Time.EXISTS, text);
      case "deleted" -> new Document(Time.DELETED, text);
      default -> throw new IllegalArgumentException("what is " + first);
    };
  }

  /** What is read, a line each. */
  List<String> says() {
    return those("> ");
  }

  /** Whether it is known what is read; otherwise it is a draft. */
  boolean isRead() {
    return !says().isEmpty() && says().stream().allMatch(said -> said.split(" ").length > 2);
  }

  /** What helps; empty when the words themselves say it. */
  String remedy() {
    return String.join(" ", those("do: "));
  }

  String spoil() {
    return String.join("\n", those("machine: "));
  }

  String mend() {
    return String.join("\n", those("mend: "));
  }

  private List<String> those(String prefix) {
    return head.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  /** What there is while the mistake is there. */
  List<String> wrong() {
    return documents.stream()
        .filter(document -> document.time() != Time.THEN && document.time() != Time.EXISTS)
        .map(Document::text)
        .toList();
  }

  /** What there is after its correction. */
  List<String> right() {
    return documents.stream()
        .filter(document -> document.time() != Time.AT_FIRST && document.time() != Time.EXISTS)
        .map(Document::right)
        .toList();
  }

  /** What those of this time are after the correction. */
  List<String> rightOf(Time time) {
    return documents.stream()
        .filter(document -> document.time() == time)
        .map(Document::right)
        .toList();
  }

  /** The objects of which something is read, like {@code Server web-01}. */
  List<String> subjects() {
    return says().stream()
        .map(said -> said.split(" "))
        .map(words -> words[0] + " " + words[1])
        .toList();
  }

  List<String> at(Time time) {
    return documents.stream()
        .filter(document -> document.time() == time)
        .map(Document::text)
        .toList();
  }

  /** The file with other words to be read. */
  String saying(List<String> words, String text) {
    Stream<String> kept =
        text.lines().takeWhile(line -> line.startsWith("# ")).filter(line -> !isWord(line));
    Stream<String> body = text.lines().dropWhile(line -> line.startsWith("# "));
    List<String> top = kept.toList();
    return Stream.of(
            top.stream().limit(1),
            words.stream().map(word -> "# > " + word),
            top.stream().skip(1),
            body)
        .flatMap(each -> each)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean isWord(String line) {
    return line.startsWith("# > ");
  }

  @Override
  public String toString() {
    return file;
  }
}
