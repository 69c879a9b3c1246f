package io.github.keycloaknylas.testkit.signin;

import io.github.keycloaknylas.testkit.http.Parameters;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** The page that a browser shows; only the address once the application has taken over. */
public record Page(UserAgent browser, URI uri, int status, Document html) {

    public boolean has(String css) {
        return html.selectFirst(css) != null;
    }

    public String text(String css) {
        return Optional.ofNullable(html.selectFirst(css)).map(Element::text).orElse("");
    }

    /** The heading of Keycloak's pages, the document's title elsewhere. */
    public String title() {
        return has("#kc-page-title") ? text("#kc-page-title") : html.title();
    }

    /** The form itself, or the one around the element that is found. */
    public Form form(String css) {
        Element element = find(css);
        Element form = element instanceof FormElement ? element : element.closest("form");
        if (form == null) {
            throw new AssertionError("no form is around " + css + " on " + this);
        }
        return new Form(this, (FormElement) form);
    }

    /** Submits the form around a button, as a click on it does. */
    public Page press(String css) {
        return form(css).press(css);
    }

    public Page click(String css) {
        return browser.open(URI.create(find(css).absUrl("href")));
    }

    /** The parameters in the address. */
    public Map<String, String> parameters() {
        return Parameters.parse(uri.getRawQuery()).values();
    }

    Element find(String css) {
        Element element = html.selectFirst(css);
        if (element == null) {
            throw new AssertionError("there is no " + css + " on " + this);
        }
        return element;
    }

    @Override
    public String toString() {
        String text = html.text();
        return "page '%s' (%d, %s): %s"
                .formatted(title(), status, uri, text.substring(0, Math.min(text.length(), 400)));
    }
}
