package io.github.keycloaknylas.testkit.signin;

import io.github.keycloaknylas.testkit.http.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.Connection.KeyVal;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A form as the page filled it in, to be changed and submitted. */
public final class Form {

    private final Page page;
    private final FormElement element;
    private final Map<String, String> fields = new LinkedHashMap<>();

    Form(Page page, FormElement element) {
        this.page = page;
        this.element = element;
        for (KeyVal field : element.formData()) {
            fields.put(field.key(), field.value());
        }
        // Only the button that is pressed is sent.
        element.select("input[type=submit]").forEach(button -> fields.remove(button.attr("name")));
    }

    public Form fill(String name, String value) {
        if (element.select("[name=" + name + "]").isEmpty()) {
            throw new AssertionError("there is no field " + name + " on " + page);
        }
        fields.put(name, value);
        return this;
    }

    public Form fill(Map<String, String> values) {
        values.forEach(this::fill);
        return this;
    }

    /** As with the Enter key. */
    public Page submit() {
        URI action = element.attr("action").isEmpty() ? page.uri() : URI.create(element.absUrl("action"));
        if (element.attr("method").equalsIgnoreCase("post")) {
            return page.browser().post(action, fields);
        }
        String separator = action.getRawQuery() == null ? "?" : "&";
        return page.browser().open(URI.create(action + separator + new Parameters(fields).encoded()));
    }

    public Page press(String css) {
        Element button = page.find(css);
        if (button.hasAttr("name")) {
            fields.put(button.attr("name"), button.attr("value"));
        }
        return submit();
    }
}
