// What is typed and not saved yet, kept in this browser by person, page and field, with the version it rests on.
const PREFIX = "cy:draft:";
const DAYS = 14;

export class Drafts {
  constructor(person, page) {
    this.prefix = `${PREFIX}${person}:${page}:`;
  }

  // Whether the browser kept it: private windows and full stores do not.
  keep(name, entry) {
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify({ ...entry, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  drop(name) {
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {
      // What cannot be reached was never kept.
    }
  }

  all() {
    const found = {};
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(PREFIX)) continue;
        const entry = JSON.parse(localStorage.getItem(key));
        if (Date.now() - entry.at > DAYS * 86400000) localStorage.removeItem(key);
        else if (key.startsWith(this.prefix)) found[key.slice(this.prefix.length)] = entry;
      }
    } catch {
      return found;
    }
    return found;
  }
}
