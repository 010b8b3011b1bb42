// @nestjs/throttler is CommonJS and require()s packages that are ES modules only: load those first.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
