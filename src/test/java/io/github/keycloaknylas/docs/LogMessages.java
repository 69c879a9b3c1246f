package io.github.keycloaknylas.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds the sentences for administrators in sources: string literals joined by {@code +}, with {@link #ANY} for the
 * rest.
 */
final class LogMessages extends TreeScanner<Void, Void> {

    /** Stands for whatever is filled in. */
    static final String ANY = "\u0000";

    private static final int SHORTEST = 20;
    private static final Pattern SENTENCE = Pattern.compile("([A-Z].*|user .*)(\\.|[.:;] .*)");

    private final Set<String> found = new TreeSet<>();

    private LogMessages() {}

    static Set<String> in(Path... files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(Set.of(files)));
            LogMessages messages = new LogMessages();
            messages.scan(task.parse(), null);
            return messages.found;
        }
    }

    /** The sources below a directory, except for one package. */
    static Path[] sources(Path directory, Predicate<Path> logs) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().endsWith(".java"))
                    .filter(logs)
                    .toArray(Path[]::new);
        }
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        boolean debug = call.getMethodSelect() instanceof MemberSelectTree method
                && method.getIdentifier().toString().startsWith("debug");
        return debug ? null : super.visitMethodInvocation(call, unused);
    }

    @Override
    public Void visitBinary(BinaryTree sum, Void unused) {
        if (sum.getKind() == Tree.Kind.PLUS) {
            add(text(sum));
            return null;
        }
        return super.visitBinary(sum, unused);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void unused) {
        add(text(literal));
        return null;
    }

    private static String text(ExpressionTree expression) {
        if (expression instanceof ParenthesizedTree inner) {
            return text(inner.getExpression());
        }
        if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return text(sum.getLeftOperand()) + text(sum.getRightOperand());
        }
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof String constant) {
            return Stream.of(constant.split("%s", -1)).collect(Collectors.joining(ANY));
        }
        return ANY;
    }

    // A sentence of two parts at least, as all of those are that say what to do next.
    private void add(String text) {
        String filledIn = Objects.toString(text, "");
        String fixed = (filledIn.startsWith(ANY) ? "X" : "") + filledIn.replace(ANY, "");
        if (fixed.length() >= SHORTEST && SENTENCE.matcher(fixed).matches()) {
            found.add(text);
        }
    }
}
