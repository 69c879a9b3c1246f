package io.github.keycloaknylas.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds what is public and says nothing. The compiler's own check cannot be had without asking for a tag for each
 * parameter, where a sentence that names them all is easier to read; for values and for what is called over HTTP, tags
 * are asked for.
 */
final class JavadocGaps extends TreePathScanner<Void, Void> {

    private static final Set<String> HTTP = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final DocTrees docs;
    private final List<String> gaps = new ArrayList<>();

    private JavadocGaps(DocTrees docs) {
        this.docs = docs;
    }

    static List<String> in(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(sources)) {
            List<Path> java =
                    tree.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(java));
            JavadocGaps gaps = new JavadocGaps(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                gaps.scan(unit, null);
            }
            return gaps.gaps;
        }
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
        if (!isPublic(type.getModifiers())) {
            return null;
        }
        requireComment(type.getSimpleName().toString());
        if (type.getKind() == Tree.Kind.RECORD) {
            requireComponents(type);
        }
        return super.visitClass(type, unused);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
        if (isPublic(method.getModifiers()) && !has(method.getModifiers(), Set.of("Override"))) {
            requireComment(method.getName().toString());
            if (has(method.getModifiers(), HTTP)) {
                requireTags(method);
            }
        }
        return null;
    }

    @Override
    public Void visitVariable(VariableTree constant, Void unused) {
        if (isPublic(constant.getModifiers())) {
            requireComment(constant.getName().toString());
        }
        return null;
    }

    @Override
    public Void visitBlock(BlockTree initializer, Void unused) {
        return null;
    }

    private void requireComment(String name) {
        if (docs.getDocComment(getCurrentPath()) == null) {
            report(name + " has no comment");
        }
    }

    private void requireComponents(ClassTree type) {
        long components = type.getMembers().stream()
                .filter(member -> member instanceof VariableTree field
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
        if (Collections.frequency(tags(), DocTree.Kind.PARAM) < components) {
            report(type.getSimpleName() + " does not name all its components");
        }
    }

    private void requireTags(MethodTree endpoint) {
        List<DocTree.Kind> tags = tags();
        if (!tags.contains(DocTree.Kind.RETURN)
                || !tags.contains(DocTree.Kind.THROWS)
                || Collections.frequency(tags, DocTree.Kind.PARAM)
                        < endpoint.getParameters().size()) {
            report(endpoint.getName() + " does not say what it takes, what it answers and when it refuses");
        }
    }

    private List<DocTree.Kind> tags() {
        DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
        return comment == null
                ? List.of()
                : comment.getBlockTags().stream().map(DocTree::getKind).toList();
    }

    // What an interface declares is public without the word.
    private boolean isPublic(ModifiersTree modifiers) {
        return modifiers.getFlags().contains(Modifier.PUBLIC)
                || getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private static boolean has(ModifiersTree modifiers, Set<String> annotations) {
        return modifiers.getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(type -> annotations.contains(type.toString()));
    }

    private void report(String gap) {
        Path file =
                Path.of(getCurrentPath().getCompilationUnit().getSourceFile().toUri());
        gaps.add(file.getFileName() + ": " + gap);
    }
}
