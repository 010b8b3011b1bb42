import { applyDecorators } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import { IsWellFormed } from '../../platform/index.js';

export const SHORTEST_PASSWORD = 12;
/** Longer ones are refused before they cost anything. */
export const LONGEST_PASSWORD = 256;

/** A password that somebody chooses. Length is the only rule (NIST SP 800-63B). */
export const IsNewPassword = (): PropertyDecorator =>
  applyDecorators(IsString(), Length(SHORTEST_PASSWORD, LONGEST_PASSWORD), IsWellFormed());

/** A password that somebody presents: checked for type and size alone, the rest is the hasher's. */
export const IsPresentedPassword = (): PropertyDecorator =>
  applyDecorators(IsString(), Length(1, LONGEST_PASSWORD), IsWellFormed());
