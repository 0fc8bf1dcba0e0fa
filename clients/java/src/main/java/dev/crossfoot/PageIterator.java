package dev.crossfoot;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The items of all pages of a list; fetches a page when the one before it is used up. */
final class PageIterator<T, P> implements Iterator<T> {
  private final Function<String, P> fetch;
  private final Function<P, Iterator<T>> items;
  private final Function<P, String> nextToken;
  private String token; // of the page to fetch; null after the last one
  private Iterator<T> page = Collections.emptyIterator();

  PageIterator(
      String token, Function<String, P> fetch, Function<P, Iterator<T>> items, Function<P, String> nextToken) {
    this.token = token;
    this.fetch = fetch;
    this.items = items;
    this.nextToken = nextToken;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && token != null) {
      P fetched = fetch.apply(token);
      page = items.apply(fetched);
      token = nextToken.apply(fetched).isEmpty() ? null : nextToken.apply(fetched);
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }
}
