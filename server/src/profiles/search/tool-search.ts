import { Injectable } from '@nestjs/common';
import type { ProfileTool } from '../contents/profile-tools.js';
import { ToolIndex } from './tool-index.js';

/** So many different lists stay indexed; of 500 tools each that is some 50 MB. */
const MOST_INDEXES = 50;

/** Searches lists of tools. Whoever sees the same tools shares an index; the ones unused for longest make room. */
@Injectable()
export class ToolSearch {
  private readonly indexes = new Map<string, ToolIndex>();
  private readonly fingerprints = new WeakMap<readonly ProfileTool[], string>();
  private readonly numbers = new WeakMap<object, number>();
  private lastNumber = 0;

  /** @param tools all that the asker may use, and nothing else; the same array for the same list, ideally */
  search(tools: readonly ProfileTool[], query: string, limit: number): readonly ProfileTool[] {
    const key = this.fingerprintOf(tools);
    const index = this.indexes.get(key) ?? new ToolIndex(tools);
    this.indexes.delete(key);
    this.indexes.set(key, index);
    const [oldest] = this.indexes.keys();
    if (this.indexes.size > MOST_INDEXES && oldest !== undefined) this.indexes.delete(oldest);
    return index.search(query, limit);
  }

  /** The same for lists with the same names, descriptions and definitions. */
  private fingerprintOf(tools: readonly ProfileTool[]): string {
    const known = this.fingerprints.get(tools);
    if (known !== undefined) return known;
    const parts = tools.map(({ name, tool, description }) => [name, this.numberOf(tool.definition), description]);
    const fingerprint = JSON.stringify(parts);
    this.fingerprints.set(tools, fingerprint);
    return fingerprint;
  }

  private numberOf(definition: object): number {
    const known = this.numbers.get(definition);
    if (known !== undefined) return known;
    this.lastNumber += 1;
    this.numbers.set(definition, this.lastNumber);
    return this.lastNumber;
  }
}
